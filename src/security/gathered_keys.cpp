#include "gathered_keys.hpp"

namespace eventstore::security {

Result<std::vector<SubjectKey>> GatheredKeys::find_or_make(std::span<const Subject> subjects) {
  Request request{subjects, std::nullopt};
  std::unique_lock lock{mutex_};
  waiting_.push_back(&request);
  answered_.wait(lock, [&] { return request.answer.has_value() || !is_answering_; });
  if (!request.answer) {
    // One of those that wait works for all of them; more gather meanwhile.
    is_answering_ = true;
    const auto taken = std::exchange(waiting_, {});
    lock.unlock();
    auto answers = answers_to(taken);
    lock.lock();
    for (std::size_t i = 0; i < taken.size(); ++i) taken[i]->answer = std::move(answers[i]);
    is_answering_ = false;
    answered_.notify_all();
  }
  return std::move(*request.answer);
}

std::vector<Result<GatheredKeys::Keys>> GatheredKeys::answers_to(std::span<Request* const> requests) const {
  std::vector<Result<Keys>> answers;
  const auto written = keys_.write([&](KeyRows& rows, const OpenedHead& head) -> Result<void> {
    for (const auto* const request : requests) answers.push_back(make(rows, head, request->subjects));
    for (const auto& answer : answers)
      if (!answer && answer.error().code != Errc::corrupt_record) return tl::unexpected<Error>{answer.error()};
    return {};
  });
  if (!written) answers.assign(requests.size(), Result<Keys>{tl::unexpected<Error>{written.error()}});
  return answers;
}

// First all are found, so that nothing is made where one of them is damaged.
Result<GatheredKeys::Keys> GatheredKeys::make(KeyRows& rows, const OpenedHead& head,
                                              std::span<const Subject> subjects) const {
  const auto& log_id = keys_.options().log_id;
  for (const auto& subject : subjects) {
    EVENTSTORE_TRY_ASSIGN(const auto row, rows.by_subject(subject));
    if (row) EVENTSTORE_TRY(keys_.key_of(*row, head));
  }
  Keys keys;
  for (const auto& subject : subjects) {
    EVENTSTORE_TRY_ASSIGN(const auto row, rows.by_subject(subject));
    if (row) {
      EVENTSTORE_TRY_ASSIGN(keys.emplace_back(), keys_.key_of(*row, head));
      continue;
    }
    const SubjectKey key{random_id(), random_key()};
    EVENTSTORE_TRY(
        rows.add({0, key.id, subject, wrap(head.master, use_of(log_id, key.id, subject), *key.bytes)}, keys_.now()));
    keys.push_back(key);
  }
  return keys;
}

}  // namespace eventstore::security
