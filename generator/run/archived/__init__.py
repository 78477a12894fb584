"""What is done with letters that were issued: listed, verified, restored, exported."""
