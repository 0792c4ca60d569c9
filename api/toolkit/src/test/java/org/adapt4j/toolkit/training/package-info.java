@NullMarked
package org.adapt4j.toolkit.training;

import org.jspecify.annotations.NullMarked;
