"""The steps of the whole chain, each told by what people see and click."""
