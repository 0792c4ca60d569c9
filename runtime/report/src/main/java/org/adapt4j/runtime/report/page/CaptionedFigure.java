package org.adapt4j.runtime.report.page;

import org.adapt4j.runtime.report.figure.Figure;

/**
 * A figure and the words that make it readable by itself.
 *
 * @param id name of its files
 * @param title what it shows
 * @param caption how it was made and how to read it
 * @param figure itself
 */
public record CaptionedFigure(String id, String title, String caption, Figure figure) implements Part {}
