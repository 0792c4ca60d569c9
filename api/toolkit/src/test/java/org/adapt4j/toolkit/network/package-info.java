@NullMarked
package org.adapt4j.toolkit.network;

import org.jspecify.annotations.NullMarked;
