"""What operators deploy: the templates beside the Lambdas, and the Lambdas' package."""
