"""A page on this machine where a photo is dropped, or taken with a phone."""
