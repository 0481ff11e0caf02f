"""The Interface Reference Model of IEC 61968-1 as data."""
