-- Rows of one GUID, of none, of nothing; names and types that are none.
INSERT INTO t_package VALUES (2, 'Grid', 0, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_package VALUES (3, NULL, 2, NULL, '{00000000-0000-0000-0000-000000000003}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid) VALUES
 (10, 'Class', 'A', 2, '{00000000-0000-0000-0000-000000000010}'),
 (11, 'Class', 'Copy', 2, '{00000000-0000-0000-0000-000000000010}'),
 (12, 'Class', NULL, 2, '{00000000-0000-0000-0000-000000000012}'),
 (13, 'Class', 'NoGuid', 2, NULL),
 (14, 'Class', 'OddGuid', 2, 'x y'),
 (15, 'Class', '', 2, '{00000000-0000-0000-0000-000000000015}');
INSERT INTO t_attribute (ID, Object_ID, Name, Type, Classifier, ea_guid) VALUES
 (100, 10, NULL, 'String', '0', '{00000000-0000-0000-0000-000000000100}'),
 (101, 99, 'stray', 'String', '0', '{00000000-0000-0000-0000-000000000101}'),
 (102, 98, 'stray', 'String', '0', '{00000000-0000-0000-0000-000000000102}'),
 (103, 10, 'odd', 'String', 'String', '{00000000-0000-0000-0000-000000000103}'),
 (105, 10, 'guid of a class', 'String', '0', '{00000000-0000-0000-0000-000000000015}'),
 (104, 10, 'no guid', 'String', '0', '');
INSERT INTO t_connector (Connector_ID, Connector_Type, Start_Object_ID, End_Object_ID, SourceRole, DestRole, ea_guid) VALUES
 (1, 'Association', 10, 13, 'a', 'b', NULL),
 (2, 'Association', 10, 13, 'c', 'd', '{00000000-0000-0000-0000-000000000201}'),
 (3, 'Association', 10, 13, 'e', 'f', '{00000000-0000-0000-0000-000000000201}');
