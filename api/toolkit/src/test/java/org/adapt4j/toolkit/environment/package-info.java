@NullMarked
package org.adapt4j.toolkit.environment;

import org.jspecify.annotations.NullMarked;
