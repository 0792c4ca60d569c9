@NullMarked
package org.adapt4j.runtime.cli;

import org.jspecify.annotations.NullMarked;
