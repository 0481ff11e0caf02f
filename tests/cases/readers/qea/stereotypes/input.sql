-- All that a cross reference lists, and the one that EA repeats in a column; at elements, attributes and ends.
INSERT INTO t_package VALUES (2, 'Grid', 0, NULL, '{00000000-0000-0000-0000-000000000002}');
INSERT INTO t_object (Object_ID, Object_Type, Name, Package_ID, ea_guid, Stereotype) VALUES
 (10, 'Class', 'Two', 2, '{00000000-0000-0000-0000-00000000001A}', 'CIMDatatype'),
 (11, 'Class', 'ColumnOnly', 2, '{00000000-0000-0000-0000-000000000011}', 'Compound'),
 (12, 'Class', 'ReferenceOnly', 2, '{00000000-0000-0000-0000-000000000012}', NULL),
 (13, 'Class', 'None', 2, '{00000000-0000-0000-0000-000000000013}', ''),
 (14, 'Class', 'OtherCase', 2, '{00000000-0000-0000-0000-000000000014}', 'enumeration');
INSERT INTO t_attribute (ID, Object_ID, Name, Type, Stereotype, ea_guid) VALUES
 (100, 14, 'a', NULL, 'enum', '{00000000-0000-0000-0000-000000000100}'),
 (101, 10, 'value', 'Float', 'deprecated', '{00000000-0000-0000-0000-000000000101}');
INSERT INTO t_connector (Connector_ID, Connector_Type, Start_Object_ID, End_Object_ID, SourceRole, DestRole, Stereotype, ea_guid, SourceStereotype)
 VALUES (1, 'Association', 12, 13, 'a', 'b', 'byreference', '{00000000-0000-0000-0000-000000000201}', 'left');
INSERT INTO t_xref VALUES
 ('{1}', 'Stereotypes', 'element property', '@STEREO;Name=CIMDatatype;GUID={1};@ENDSTEREO;@STEREO;Name=deprecated;FQName=CIM::deprecated;@ENDSTEREO;', '{00000000-0000-0000-0000-00000000001a}'),
 ('{2}', 'Stereotypes', 'element property', '@STEREO;Name=Primitive;@ENDSTEREO;', '{00000000-0000-0000-0000-000000000012}'),
 ('{3}', 'Stereotypes', 'element property', '@STEREO;Name=Enumeration;@ENDSTEREO;', '{00000000-0000-0000-0000-000000000014}'),
 ('{4}', 'Stereotypes', 'attribute property', '@STEREO;Name=deprecated;@ENDSTEREO;@STEREO;Name=European;@ENDSTEREO;', '{00000000-0000-0000-0000-000000000101}'),
 ('{5}', 'Stereotypes', 'connector property', '@STEREO;Name=byreference;@ENDSTEREO;', '{00000000-0000-0000-0000-000000000201}'),
 ('{6}', 'Stereotypes', 'connectorDestEnd property', '@STEREO;Name=right;@ENDSTEREO;', '{00000000-0000-0000-0000-000000000201}'),
 ('{7}', 'CustomProperties', 'attribute property', '@PROP=@NAME=isID@ENDNAME;@ENDPROP;', '{00000000-0000-0000-0000-000000000101}');
