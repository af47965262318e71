"""What AWS does between the table's stream, the queues, the clock and the Lambdas: calls the app's own handlers."""
