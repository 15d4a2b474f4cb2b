"""Drives the page of `report` in headless Chromium: page_test.py PROGRAM MADE_UP_PAGE [TEST…].

Exit code 77 where there is no browser.
"""
import sys
import unittest

import report_case
import webdriver
from reading_test import ReadingTest
from states_test import StatesTest

__all__ = ["ReadingTest", "StatesTest"]

if __name__ == "__main__":
    if not webdriver.is_there():
        print("skipped: this test needs the packages chromium and chromium-driver", file=sys.stderr)
        sys.exit(77)
    report_case.ReportCase.program = sys.argv.pop(1)
    report_case.ReportCase.made_up_page = sys.argv.pop(1)
    unittest.main(verbosity=2)
