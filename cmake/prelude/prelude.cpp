// The library that the precompiled header is made with.
