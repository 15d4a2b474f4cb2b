// A trace as text for programs that draw graphs.
#include <eventstore/app/trace.hpp>
#include <eventstore/core/detail/utf8.hpp>

#include <fmt/format.h>

namespace eventstore::app {
namespace {

using Lines = std::vector<std::string>;

Lines label_of(const TracedEvent& event) {
  if (event.missing) return {event.event_id, "not in the log"};
  Lines lines{*event.event_type, fmt::format("{} v{}", *event.stream, *event.version), event.created_at->to_string()};
  if (event.user_id) lines.push_back(*event.user_id);
  return lines;
}

// Strings of DOT end at a quote, and a backslash makes escapes in labels.
std::string dot_text(const std::string& text) {
  std::string escaped;
  for (const char c : made_visible(text)) {
    if (c == '"' || c == '\\') escaped += '\\';
    escaped += c;
  }
  return escaped;
}

// Mermaid reads labels as HTML with a little Markdown: everything that means something there is written as its number.
std::string mermaid_text(const std::string& text) {
  constexpr std::string_view plain = " -_.:,+/@()";
  std::string escaped;
  for (const char c : made_visible(text)) {
    const auto byte = static_cast<unsigned char>(c);
    const bool is_plain = byte >= 0x80 || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                          plain.find(c) != std::string_view::npos;
    escaped += is_plain ? std::string{c} : fmt::format("#{};", byte);
  }
  return escaped;
}

template <class Escape> std::string joined(const Lines& lines, std::string_view by, Escape escape) {
  std::string text;
  for (const auto& line : lines) {
    if (!text.empty()) text += by;
    text += escape(line);
  }
  return text;
}

std::string_view dot_style(const TracedEvent& event) {
  if (event.missing) return ", style=dashed";
  if (event.relation == TraceRelation::asked) return ", style=bold, penwidth=3";
  return event.relation == TraceRelation::correlated ? ", style=dotted" : "";
}

std::string_view mermaid_class(const TracedEvent& event) {
  if (event.missing) return ":::missing";
  if (event.relation == TraceRelation::asked) return ":::asked";
  return event.relation == TraceRelation::correlated ? ":::correlated" : "";
}

}  // namespace

std::string dot_of(const TracedEvents& trace) {
  std::string text = "digraph trace {\n  node [shape=box, fontname=\"sans-serif\"];\n";
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const auto& event = trace.events[i];
    text += fmt::format("  e{} [label=\"{}\"{}];\n", i, joined(label_of(event), "\\n", dot_text), dot_style(event));
    if (trace.parents[i]) text += fmt::format("  e{} -> e{};\n", *trace.parents[i], i);
  }
  return text + "}";
}

std::string mermaid_of(const TracedEvents& trace) {
  std::string text = "flowchart TD\n";
  for (std::size_t i = 0; i < trace.events.size(); ++i) {
    const auto& event = trace.events[i];
    text += fmt::format("  e{}[\"{}\"]{}\n", i, joined(label_of(event), "<br/>", mermaid_text), mermaid_class(event));
    if (trace.parents[i]) text += fmt::format("  e{} --> e{}\n", *trace.parents[i], i);
  }
  return text +
         "  classDef asked stroke-width:4px\n  classDef missing stroke-dasharray:6\n"
         "  classDef correlated stroke-dasharray:2";
}

}  // namespace eventstore::app
