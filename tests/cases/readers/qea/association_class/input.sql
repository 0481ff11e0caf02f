-- A class that is an association too: NType 17, with the association's key in PDATA4.
INSERT INTO t_package VALUES (2, 'Grid', 0, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, NType, PDATA4, Note) VALUES
 (10, 'Class', 'A', 2, '{00000000-0000-0000-0000-000000000010}', 0, '0', NULL),
 (11, 'Class', 'B', 2, '{00000000-0000-0000-0000-000000000011}', 0, '0', NULL),
 (12, 'Class', 'Link', 2, '{00000000-0000-0000-0000-000000000012}', 17, '1', 'Of the class');
INSERT INTO t_attribute (ID, Object_ID, Name, Type, ea_guid)
 VALUES (100, 12, 'since', 'Date', '{00000000-0000-0000-0000-000000000100}');
INSERT INTO t_connector (Connector_ID, Connector_Type, Name, Start_Object_ID, End_Object_ID, SourceRole, DestRole, ea_guid)
 VALUES (1, 'Association', 'Link', 10, 11, 'a', 'b', '{00000000-0000-0000-0000-000000000201}');
