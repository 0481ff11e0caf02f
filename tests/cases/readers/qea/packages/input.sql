-- Tags of a package belong to the object whose PDATA1 is its key (not to the object of the same key); the
-- project's root is left out; a package of a parent that is gone stands at the top.
INSERT INTO t_package VALUES (1, 'Model', 0, NULL, '{00000000-0000-0000-0000-000000000001}');
INSERT INTO t_package VALUES (2, 'Grid', 1, 'From the package' || char(13, 10) || 'itself', '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_package VALUES (3, 'Assets', 2, NULL, '{00000000-0000-0000-0000-000000000003}');
INSERT INTO t_package VALUES (4, 'Lost', 99, NULL, '{00000000-0000-0000-0000-000000000004}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, PDATA1, Stereotype, Note) VALUES
 (2, 'Class', 'NotThePackage', 2, '{00000000-0000-0000-0000-000000000020}', NULL, NULL, NULL),
 (5, 'Package', 'Grid', 1, '{00000000-0000-0000-0000-000000000002}', '2', 'informative', 'From the object'),
 (6, 'Package', 'Assets', 2, '{00000000-0000-0000-0000-000000000003}', '3', NULL, 'From the object'),
 (7, 'Class', 'Homeless', 98, '{00000000-0000-0000-0000-000000000070}', NULL, NULL, NULL);
INSERT INTO t_objectproperties VALUES
 (1, 5, 'nsuri', 'http://example.org/grid#', NULL),
 (2, 5, 'nsprefix', 'g', NULL),
 (3, 2, 'owner', 'of the class', NULL);
