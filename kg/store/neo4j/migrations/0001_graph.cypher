// The first schema. Every node of the graph is an :Entity with a label of its kind; one id names one node.
// The product's own rows have labels that begin with Hoso.
CREATE CONSTRAINT hoso_entity_id IF NOT EXISTS FOR (n:Entity) REQUIRE n.id IS UNIQUE;

// So that `MATCH (r:Record {id: ...})`, as people write it, finds its way; and listings by id come in order.
CREATE CONSTRAINT hoso_fonds_id IF NOT EXISTS FOR (n:Fonds) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_inventory_id IF NOT EXISTS FOR (n:Inventory) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_file_id IF NOT EXISTS FOR (n:File) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_record_id IF NOT EXISTS FOR (n:Record) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_agency_id IF NOT EXISTS FOR (n:Agency) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_person_id IF NOT EXISTS FOR (n:Person) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_legal_act_id IF NOT EXISTS FOR (n:LegalAct) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_unit_id IF NOT EXISTS FOR (n:Unit) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_event_id IF NOT EXISTS FOR (n:ChangeEvent) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_project_id IF NOT EXISTS FOR (n:Project) REQUIRE n.id IS UNIQUE;

CREATE CONSTRAINT hoso_store_id IF NOT EXISTS FOR (n:HosoStore) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_meta_key IF NOT EXISTS FOR (n:HosoMeta) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT hoso_change_record IF NOT EXISTS FOR (n:HosoChange) REQUIRE n.record IS UNIQUE;
CREATE CONSTRAINT hoso_brought_key IF NOT EXISTS FOR (n:HosoBrought) REQUIRE n.key IS UNIQUE;
CREATE CONSTRAINT hoso_quarantined_source IF NOT EXISTS FOR (n:HosoQuarantined) REQUIRE n.source IS UNIQUE;
CREATE CONSTRAINT hoso_secret_id IF NOT EXISTS FOR (n:HosoSecret) REQUIRE n.id IS UNIQUE;
CREATE CONSTRAINT hoso_log_id IF NOT EXISTS FOR (n:HosoLog) REQUIRE n.id IS UNIQUE;

CREATE RANGE INDEX hoso_record_fonds IF NOT EXISTS FOR (n:Record) ON (n.fonds, n.id);
CREATE RANGE INDEX hoso_record_source IF NOT EXISTS FOR (n:Record) ON (n.source);
CREATE RANGE INDEX hoso_record_sha256 IF NOT EXISTS FOR (n:Record) ON (n.sha256);
CREATE RANGE INDEX hoso_file_fonds IF NOT EXISTS FOR (n:File) ON (n.fonds, n.id);
CREATE RANGE INDEX hoso_inventory_fonds IF NOT EXISTS FOR (n:Inventory) ON (n.fonds, n.id);
CREATE RANGE INDEX hoso_act_number IF NOT EXISTS FOR (n:LegalAct) ON (n.number_key);
CREATE RANGE INDEX hoso_change_seq IF NOT EXISTS FOR (n:HosoChange) ON (n.seq);
CREATE RANGE INDEX hoso_brought_node IF NOT EXISTS FOR (n:HosoBrought) ON (n.node);
CREATE RANGE INDEX hoso_secret_source IF NOT EXISTS FOR (n:HosoSecret) ON (n.source);
CREATE RANGE INDEX hoso_log_n IF NOT EXISTS FOR (n:HosoLog) ON (n.n);

// What links two entities does not start at the record that proves it: this is the way back from the record.
CREATE RANGE INDEX hoso_based_on_record IF NOT EXISTS FOR ()-[e:BASED_ON]-() ON (e.record);
CREATE RANGE INDEX hoso_cites_record IF NOT EXISTS FOR ()-[e:CITES]-() ON (e.record);
CREATE RANGE INDEX hoso_amends_record IF NOT EXISTS FOR ()-[e:AMENDS]-() ON (e.record);
CREATE RANGE INDEX hoso_replaces_record IF NOT EXISTS FOR ()-[e:REPLACES]-() ON (e.record);
CREATE RANGE INDEX hoso_repeals_record IF NOT EXISTS FOR ()-[e:REPEALS]-() ON (e.record);
CREATE RANGE INDEX hoso_signs_for_record IF NOT EXISTS FOR ()-[e:SIGNS_FOR]-() ON (e.record);
CREATE RANGE INDEX hoso_subordinate_to_record IF NOT EXISTS FOR ()-[e:SUBORDINATE_TO]-() ON (e.record);
CREATE RANGE INDEX hoso_of_unit_record IF NOT EXISTS FOR ()-[e:OF_UNIT]-() ON (e.record);

// Names and aliases, folded by the product (kg.store.names). The analyzers with "folding" leave out English stop words
// ("an", "to", "in"), which are Vietnamese syllables.
CREATE FULLTEXT INDEX hoso_names IF NOT EXISTS
FOR (n:Agency|Person|LegalAct|Unit|ChangeEvent|Project) ON EACH [n.keys]
OPTIONS {indexConfig: {`fulltext.analyzer`: 'standard-no-stop-words'}};
