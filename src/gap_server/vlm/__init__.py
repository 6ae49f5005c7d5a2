"""Who answers: the OpenAI-compatible client (vLLM), the demo answerer, and what both are told."""
