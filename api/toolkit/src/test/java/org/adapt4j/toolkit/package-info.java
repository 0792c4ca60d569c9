@NullMarked
package org.adapt4j.toolkit;

import org.jspecify.annotations.NullMarked;
