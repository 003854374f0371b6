"""The command line, whose server serves the leaky app."""

from assessment import master
from assessment.cli import main
from tests.leaky import create_app

if __name__ == "__main__":
    master.create_app = create_app
    main()
