"""The elements around the map: title, legend, notes, locators."""
