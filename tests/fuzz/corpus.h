// The inputs that fuzzing begins with, as make_corpus writes them: a folder for each target.
#pragma once

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>

namespace votemu::fuzz {

class Corpus {
 public:
  explicit Corpus(std::filesystem::path folder) : folder_(std::move(folder)) {
    std::filesystem::create_directories(folder_);
  }
  void add(const std::string& name, std::string_view input) {
    std::ofstream(folder_ / name, std::ios::binary) << input;
  }

 private:
  std::filesystem::path folder_;
};

// Each writes the folders of its targets.
void write_mqtt(const std::filesystem::path& folder);      // mqtt_codec, mqtt_session
void write_requests(const std::filesystem::path& folder);  // http, calls, query, sigv4
void write_dynamodb(const std::filesystem::path& folder);  // expressions, items, plain_requests
void write_texts(const std::filesystem::path& folder);     // aws_json, patterns, policies, template

}  // namespace votemu::fuzz
