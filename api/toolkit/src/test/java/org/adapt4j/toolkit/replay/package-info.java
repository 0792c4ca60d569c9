@NullMarked
package org.adapt4j.toolkit.replay;

import org.jspecify.annotations.NullMarked;
