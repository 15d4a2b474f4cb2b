#include <catch2/catch.hpp>

#include "source_hash/tokens.hpp"

using eventstore::tokens_of;

TEST_CASE("comments and layout are no tokens", "[source_hash]") {
  const auto tokens = tokens_of("int f(int a) { return a + 1; }");
  CHECK(tokens_of("// what it does\nint f( int a )\n{\n\treturn a+1 ; // more\n}\n") == tokens);
  CHECK(tokens_of("int/* of */f(int a){return a+ /* two\nlines */ 1;}") == tokens);
  CHECK(tokens_of("int f(int a) { // goes on \\\n here too\n return a + 1; }\r\n") == tokens);
  CHECK(tokens_of("").empty());
  CHECK(tokens_of(" // nothing but this").empty());
}

TEST_CASE("another token is other text", "[source_hash]") {
  const auto tokens = tokens_of("int f(int a) { return a + 1; }");
  for (const auto* const other :
       {"int f(int a) { return a - 1; }", "int f(int b) { return b + 1; }", "intf(int a) { return a + 1; }",
        "int f(int a) { return a + 10; }", "int f(int a) { return a + +1; }", "int f(int a) { return a ++1; }"})
    CHECK(tokens_of(other) != tokens);
  CHECK(tokens_of("a - -b") != tokens_of("a --b"));
  CHECK(tokens_of("a < b") == tokens_of("a<b"));
  CHECK(tokens_of("return x") != tokens_of("returnx"));
}

TEST_CASE("literals are kept as they are", "[source_hash]") {
  CHECK(tokens_of(R"(f("a  b"))") != tokens_of(R"(f("a b"))"));
  CHECK(tokens_of(R"(f("http://a"); g())") != tokens_of(R"(f("http://b"); g())"));
  CHECK(tokens_of(R"(f("/*", a, "*/"))") != tokens_of(R"(f("/*", b, "*/"))"));
  CHECK(tokens_of(R"(f("\"// "); a)") != tokens_of(R"(f("\"// "); b)"));
  CHECK(tokens_of("f('\"'); // one") == tokens_of("f('\"'); // two"));
  CHECK(tokens_of("1'000'000 // one") == tokens_of("1'000'000"));
  CHECK(tokens_of("1'000") != tokens_of("1'001"));
  CHECK(tokens_of("R\"x(a // b)\" )x\" // c") == tokens_of("R\"x(a // b)\" )x\""));
  CHECK(tokens_of("R\"(a // b)\"") != tokens_of("R\"(a // c)\""));
}

TEST_CASE("a preprocessor's line keeps its end, and the space that tells its kind", "[source_hash]") {
  CHECK(tokens_of("#define a 1\nint b;") != tokens_of("#define a 1 int b;"));
  CHECK(tokens_of("#define f(x) 1\n") != tokens_of("#define f (x) 1\n"));
  CHECK(tokens_of("# include <a>\n\n\nint b;") != tokens_of("# include <b>\nint b;"));
  CHECK(tokens_of("#include <a>  // why\nint b;") == tokens_of("#include <a>\n\n  int b;"));
}

TEST_CASE("text that ends within something is still told apart", "[source_hash]") {
  for (const auto* const text : {"\"abc", "'a", "R\"x(abc", "R\"x", "/* abc", "\\", "a \\\n"}) {
    CAPTURE(text);
    CHECK_NOTHROW(tokens_of(text));
  }
  CHECK(tokens_of("\"abc") != tokens_of("\"abd"));
}
