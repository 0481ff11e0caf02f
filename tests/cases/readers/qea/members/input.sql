-- Order by Pos and then by key; bounds, types, defaults and constants in all their spellings.
INSERT INTO t_package VALUES (2, 'Grid', 0, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid) VALUES
 (10, 'Class', 'A', 2, '{00000000-0000-0000-0000-000000000010}'),
 (11, 'Class', 'B', 2, '{00000000-0000-0000-0000-000000000011}');
INSERT INTO t_attribute (ID, Object_ID, Name, LowerBound, UpperBound, Pos, Const, Classifier, "Default", Type, ea_guid) VALUES
 (100, 11, 'second class', '1', '1', 0, 0, '0', NULL, 'String', '{00000000-0000-0000-0000-000000000100}'),
 (101, 10, 'third', '0', '*', 2, 0, '11', NULL, 'B', '{00000000-0000-0000-0000-000000000101}'),
 (102, 10, 'fourth', '0', 'n', 2, 1, '', 'kW', 'UnitSymbol', '{00000000-0000-0000-0000-000000000102}'),
 (103, 10, 'first', NULL, NULL, 0, NULL, NULL, '', NULL, '{00000000-0000-0000-0000-000000000103}'),
 (104, 10, 'second', NULL, '-1', 1, 0, '77', '0', 'Gone', '{00000000-0000-0000-0000-000000000104}'),
 (105, 10, 'by number', 0, 1, 3, '1', 11, 0, 'B', '{00000000-0000-0000-0000-000000000105}');
