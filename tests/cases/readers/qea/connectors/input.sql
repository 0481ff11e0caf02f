-- Kinds, cardinalities as found, diamonds, arrows; what leads to other objects is counted.
INSERT INTO t_package VALUES (2, 'Grid', 0, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_package VALUES (3, 'Assets', 0, NULL, '{00000000-0000-0000-0000-000000000003}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, PDATA1) VALUES
 (1, 'Package', 'Grid', 0, '{00000000-0000-0000-0000-000000000002}', '2'),
 (3, 'Package', 'Assets', 0, '{00000000-0000-0000-0000-000000000003}', '3'),
 (10, 'Class', 'A', 2, '{00000000-0000-0000-0000-000000000010}', NULL),
 (11, 'Class', 'B', 2, '{00000000-0000-0000-0000-000000000011}', NULL),
 (12, 'Note', NULL, 2, '{00000000-0000-0000-0000-000000000012}', NULL),
 (13, 'Actor', 'Operator', 2, '{00000000-0000-0000-0000-000000000013}', NULL);
INSERT INTO t_connector (Connector_ID, Connector_Type, Start_Object_ID, End_Object_ID, SourceCard, DestCard, SourceRole, DestRole, SourceIsAggregate, DestIsAggregate, Direction, ea_guid, Name, Notes, SourceRoleNote, DestRoleNote) VALUES
 (1, 'Association', 10, 11, '*', '0..2', 'a', 'b', 0, 0, 'Unspecified', '{00000000-0000-0000-0000-000000000201}', 'Named', 'Of both', 'Of a', 'Of b'),
 (2, 'Aggregation', 10, 11, '1', '', 'whole', NULL, 1, 0, 'Source -> Destination', '{00000000-0000-0000-0000-000000000202}', NULL, NULL, NULL, NULL),
 (3, 'Composition', 10, 11, NULL, '1..*', 'part', 'whole2', 0, 2, 'Destination -> Source', '{00000000-0000-0000-0000-000000000203}', NULL, NULL, NULL, NULL),
 (4, 'Association', 10, 10, 'n', '0..n', 'x', 'y', 0, 0, 'Bi-Directional', '{00000000-0000-0000-0000-000000000204}', NULL, NULL, NULL, NULL),
 (5, 'Generalization', 11, 10, NULL, NULL, NULL, NULL, 0, 0, 'Source -> Destination', '{00000000-0000-0000-0000-000000000205}', NULL, NULL, NULL, NULL),
 (6, 'Dependency', 10, 11, NULL, NULL, NULL, NULL, 0, 0, 'Source -> Destination', '{00000000-0000-0000-0000-000000000206}', NULL, NULL, NULL, NULL),
 (7, 'Realisation', 10, 11, NULL, NULL, NULL, NULL, 0, 0, 'Source -> Destination', '{00000000-0000-0000-0000-000000000207}', NULL, NULL, NULL, NULL),
 (8, 'NoteLink', 12, 10, NULL, NULL, NULL, NULL, 0, 0, 'Unspecified', '{00000000-0000-0000-0000-000000000208}', NULL, NULL, NULL, NULL),
 (9, 'Association', 13, 10, NULL, NULL, NULL, NULL, 0, 0, 'Unspecified', '{00000000-0000-0000-0000-000000000209}', NULL, NULL, NULL, NULL),
 (10, 'Dependency', 1, 3, NULL, NULL, NULL, NULL, 0, 0, 'Source -> Destination', '{00000000-0000-0000-0000-00000000020A}', NULL, NULL, NULL, NULL),
 (11, 'Association', 10, 99, '1', '1', 'gone', 'g', 0, 0, 'Unspecified', '{00000000-0000-0000-0000-00000000020B}', NULL, NULL, NULL, NULL);
