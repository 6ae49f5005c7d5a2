"""The client of OpenAI-compatible model servers: the request, the queue, the replicas."""
