"""Library: pages in, facts out, and what people say of them."""
