"""The pages of the programme: oversight, figures that disagree, readings and their evidence."""
