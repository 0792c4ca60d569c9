/** From an experiment file to the cells that are to run. */
@NullMarked
package org.adapt4j.runtime.experiment;

import org.jspecify.annotations.NullMarked;
