"""Profiles against the schemas that CIMTool published for them."""
