# The program in a container, for compose.yaml. Built from this folder: docker compose build
FROM python:3.11-slim-bookworm
RUN apt-get update \
 && apt-get install -y --no-install-recommends tesseract-ocr tesseract-ocr-vie \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --create-home hoso && mkdir /data && chown hoso /data
WORKDIR /srv/hoso
COPY pyproject.toml README.md LICENSE ./
COPY ontology ontology
COPY nlp nlp
COPY kg kg
COPY ui ui
# torch without the libraries of a GPU; the driver's Rust extension packs rows faster.
RUN pip install --no-cache-dir --extra-index-url https://download.pytorch.org/whl/cpu '.[neo4j-fast]'
USER hoso
VOLUME /data
EXPOSE 8501
ENTRYPOINT ["hoso"]
CMD ["--help"]
