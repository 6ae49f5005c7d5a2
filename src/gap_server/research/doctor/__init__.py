"""The doctor: examines a training set, ours before it leaves or another's, and says what is wrong with it."""
