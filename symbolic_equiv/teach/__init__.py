"""The lesson: exercises that check themselves, and a server with pages to read, play with and prove on."""
