/** Computes the cells of a run on a cluster of Apache Spark: a task of Spark starts the process of a cell, and hands its files on. */
@NullMarked
package org.adapt4j.runtime.spark;

import org.jspecify.annotations.NullMarked;
