@NullMarked
package org.adapt4j.toolkit.distribution;

import org.jspecify.annotations.NullMarked;
