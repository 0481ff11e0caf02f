-- Each type of object that is stated, and some that are counted.
INSERT INTO t_package VALUES (1, 'Model', 0, NULL, '{00000000-0000-0000-0000-000000000001}');
INSERT INTO t_package VALUES (2, 'Kinds', 1, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, Abstract) VALUES
 (10, 'Class', 'Breaker', 2, '{00000000-0000-0000-0000-000000000010}', '0'),
 (11, 'Class', 'Switch', 2, '{00000000-0000-0000-0000-000000000011}', '1'),
 (12, 'Enumeration', 'PhaseCode', 2, '{00000000-0000-0000-0000-000000000012}', '0'),
 (13, 'DataType', 'Voltage', 2, '{00000000-0000-0000-0000-000000000013}', '0'),
 (14, 'PrimitiveType', 'Float', 2, '{00000000-0000-0000-0000-000000000014}', NULL),
 (15, 'Interface', 'Reads', 2, '{00000000-0000-0000-0000-000000000015}', '1'),
 (20, 'Note', NULL, 2, '{00000000-0000-0000-0000-000000000020}', '0'),
 (21, 'UseCase', 'Operate', 2, '{00000000-0000-0000-0000-000000000021}', '0'),
 (22, 'UseCase', 'Repair', 2, '{00000000-0000-0000-0000-000000000022}', '0');
INSERT INTO t_attribute (ID, Object_ID, Name, Pos, "Default", ea_guid) VALUES
 (101, 12, 'B', 1, NULL, '{00000000-0000-0000-0000-000000000101}'),
 (102, 12, 'A', 0, '1', '{00000000-0000-0000-0000-000000000102}'),
 (103, 21, 'actor', 0, NULL, '{00000000-0000-0000-0000-000000000103}');
INSERT INTO t_operation VALUES (1, 10, 'trip');
INSERT INTO t_diagram VALUES (1, 'Overview'), (2, 'Detail');
