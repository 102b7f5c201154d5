#include "tests/unit/s3/s3_test.h"

namespace votemu::s3 {
namespace {

struct Lists : S3Test {
  void SetUp() override {
    make_bucket();
    for (const auto* key : {"a.txt", "photos/2025/1", "photos/2025/2", "photos/2026/1", "z"}) {
      put(key, "x");
    }
  }
  Json list(Json request = Json::object()) {
    request["Bucket"] = "shelf";
    return call("ListObjectsV2", request);
  }
};

TEST_F(Lists, NameEveryKeyInOrder) {
  const auto page = list();
  EXPECT_EQ(texts(page["Contents"], "Key"),
            (Texts{"a.txt", "photos/2025/1", "photos/2025/2", "photos/2026/1", "z"}));
  EXPECT_EQ(page["KeyCount"], 5);
  EXPECT_EQ(page["IsTruncated"], false);
  EXPECT_EQ(page["Contents"][0]["Size"], 1);
}

TEST_F(Lists, RollUpBehindADelimiter) {
  const auto page = list({{"Delimiter", "/"}});
  EXPECT_EQ(texts(page["Contents"], "Key"), (Texts{"a.txt", "z"}));
  EXPECT_EQ(texts(page["CommonPrefixes"], "Prefix"), Texts{"photos/"});
  const auto inner = list({{"Delimiter", "/"}, {"Prefix", "photos/"}});
  EXPECT_EQ(texts(inner["CommonPrefixes"], "Prefix"), (Texts{"photos/2025/", "photos/2026/"}));
}

TEST_F(Lists, GoOnWhereAPageEnded) {
  Texts keys;
  Json request = {{"MaxKeys", 2}};
  for (int pages = 0; pages < 3; ++pages) {
    const auto page = list(request);
    for (const auto& key : texts(page["Contents"], "Key")) keys.push_back(key);
    if (page["IsTruncated"] == false) break;
    request["ContinuationToken"] = page["NextContinuationToken"];
  }
  EXPECT_EQ(keys, (Texts{"a.txt", "photos/2025/1", "photos/2025/2", "photos/2026/1", "z"}));
}

TEST_F(Lists, GoOnBehindACommonPrefix) {
  const auto first = list({{"MaxKeys", 2}, {"Delimiter", "/"}});
  EXPECT_EQ(first["KeyCount"], 2);
  const auto second =
      list({{"Delimiter", "/"}, {"ContinuationToken", first["NextContinuationToken"]}});
  EXPECT_EQ(texts(second["Contents"], "Key"), Texts{"z"});
  EXPECT_TRUE(second["CommonPrefixes"].empty());
}

TEST_F(Lists, BeginBehindAKey) {
  EXPECT_EQ(texts(list({{"StartAfter", "photos/2025/2"}})["Contents"], "Key"),
            (Texts{"photos/2026/1", "z"}));
  const auto page = call("ListObjects", {{"Bucket", "shelf"}, {"Marker", "photos/2026/1"}});
  EXPECT_EQ(texts(page["Contents"], "Key"), Texts{"z"});
}

TEST_F(Lists, LeaveOutWhatIsDeleted) {
  set_versioning("Enabled");
  put("z", "newer");
  call("DeleteObject", {{"Bucket", "shelf"}, {"Key", "a.txt"}});
  EXPECT_EQ(texts(list()["Contents"], "Key"),
            (Texts{"photos/2025/1", "photos/2025/2", "photos/2026/1", "z"}));
}

TEST_F(Lists, EncodeNamesWhenAsked) {
  put("a b/ü&", "x");
  const auto page = list({{"EncodingType", "url"}, {"Prefix", "a b"}});
  EXPECT_EQ(page["Contents"][0]["Key"], "a%20b/%C3%BC%26");
  EXPECT_EQ(page["Prefix"], "a%20b");
  EXPECT_EQ(error_of("ListObjectsV2", {{"Bucket", "shelf"}, {"EncodingType", "xml"}}),
            "InvalidArgument");
}

TEST_F(Lists, OfNothingAreEmpty) {
  EXPECT_EQ(list({{"MaxKeys", 0}})["KeyCount"], 0);
  EXPECT_EQ(list({{"MaxKeys", 0}})["IsTruncated"], false);
  EXPECT_EQ(list({{"Prefix", "none"}})["KeyCount"], 0);
  EXPECT_EQ(error_of("ListObjectsV2", {{"Bucket", "shelf"}, {"MaxKeys", -1}}), "InvalidArgument");
  EXPECT_EQ(error_of("ListObjectsV2", {{"Bucket", "shelf"}, {"ContinuationToken", "?"}}),
            "InvalidArgument");
}

}  // namespace
}  // namespace votemu::s3
