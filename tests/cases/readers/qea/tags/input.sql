-- Values in the notes, notes beside values, the order of exports, tags of nothing.
INSERT INTO t_package VALUES (2, 'Grid', 0, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, Note) VALUES
 (10, 'Class', 'Switch', 2, '{00000000-0000-0000-0000-000000000010}', 'A <b>device</b> &amp; more.' || char(13, 10) || '€ ' || char(128512));
INSERT INTO t_attribute (ID, Object_ID, Name, Type, ea_guid)
 VALUES (100, 10, 'open', 'Boolean', '{00000000-0000-0000-0000-000000000100}');
INSERT INTO t_connector (Connector_ID, Connector_Type, Start_Object_ID, End_Object_ID, SourceRole, DestRole, ea_guid)
 VALUES (1, 'Association', 10, 10, 'a', 'b', '{00000000-0000-0000-0000-000000000201}');
INSERT INTO t_objectproperties VALUES
 (1, 10, 'zulu', 'last', 'Description: what zulu is'),
 (2, 10, 'Bravo', '<memo>', 'a long' || char(13, 10) || 'text'),
 (3, 10, 'alpha', NULL, 'Description: nothing is said'),
 (4, 10, 'empty memo', '<memo>', NULL),
 (5, 10, 'joined', 'value#NOTES#Description', NULL),
 (6, 77, 'stray', 'x', NULL);
INSERT INTO t_attributetag VALUES (1, 100, 'nsuri', 'http://example.org/x#', NULL);
INSERT INTO t_connectortag VALUES (1, 1, 'GUIDBasedOn', '{1}', NULL);
INSERT INTO t_taggedvalue VALUES
 ('{2}', '{00000000-0000-0000-0000-000000000201}', 'ASSOCIATION_SOURCE', 'second', '2$ea_notes=explained'),
 ('{1}', '{00000000-0000-0000-0000-000000000201}', 'ASSOCIATION_SOURCE', 'first', '1'),
 ('{3}', '{00000000-0000-0000-0000-000000000201}', 'ASSOCIATION_TARGET', 'other', NULL),
 ('{4}', '{00000000-0000-0000-0000-000000000002}', 'PACKAGE', 'LastImportFileDate', NULL);
