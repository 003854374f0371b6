"""Privacy as a command: the app is walked through by invented people, and all that it shows and keeps is searched."""
