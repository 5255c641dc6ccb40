"""What every function needs: settings, clock, AWS clients, metrics, logging and the cold start."""
