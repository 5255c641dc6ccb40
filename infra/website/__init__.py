"""What the site has beside its build: the sample, the images, and the values of a stage."""
