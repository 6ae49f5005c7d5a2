"""What researchers may see of the data: views, and a login that can do nothing but read them."""
