"""`python -m bench` is `python -m bench.speed`."""

from bench.speed import main

if __name__ == "__main__":
    main()
