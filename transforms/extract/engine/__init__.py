"""Recognition of names and words in batches of sentences: the network and jieba."""
