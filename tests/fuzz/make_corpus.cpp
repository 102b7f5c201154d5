// fuzz_make_corpus DIRECTORY: writes the inputs that fuzzing begins with, one file each. What
// fuzzing has found stands beside them.
#include "tests/fuzz/corpus.h"

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder(arguments[1]);
  votemu::fuzz::write_mqtt(folder);
  votemu::fuzz::write_requests(folder);
  votemu::fuzz::write_dynamodb(folder);
  votemu::fuzz::write_texts(folder);
  votemu::fuzz::Corpus(folder / "canary").add("fault", "V5!");
  return 0;
}
