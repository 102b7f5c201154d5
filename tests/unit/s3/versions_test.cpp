#include "tests/unit/s3/s3_test.h"

namespace votemu::s3 {
namespace {

struct Versions : S3Test {
  void SetUp() override { make_versioned_bucket(); }
  std::string put_version(const std::string& body) {
    return put("key", body)["VersionId"].get<std::string>();
  }
  Json remove(const std::string& version_id = "") {
    Json request = {{"Bucket", "shelf"}, {"Key", "key"}};
    if (!version_id.empty()) request["VersionId"] = version_id;
    return call("DeleteObject", request);
  }
  Json list(Json request = Json::object()) {
    request["Bucket"] = "shelf";
    return call("ListObjectVersions", request);
  }
};

TEST_F(Versions, AreAllKept) {
  const auto one = put_version("one");
  const auto two = put_version("two");
  EXPECT_NE(one, two);
  EXPECT_EQ(get("key"), "two");
  EXPECT_EQ(get("key", one), "one");
}

TEST_F(Versions, AreHiddenByADeleteMarkerUntilItGoes) {
  const auto one = put_version("one");
  const auto marker = remove();
  EXPECT_EQ(marker["DeleteMarker"], true);
  EXPECT_EQ(error_of("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}}), "NoSuchKey");
  EXPECT_EQ(get("key", one), "one");
  EXPECT_EQ(error_of("GetObject",
                     {{"Bucket", "shelf"}, {"Key", "key"}, {"VersionId", marker["VersionId"]}}),
            "MethodNotAllowed");
  EXPECT_EQ(remove(marker["VersionId"].get<std::string>())["DeleteMarker"], true);
  EXPECT_EQ(get("key"), "one");
}

TEST_F(Versions, AreDeletedForGoodByTheirId) {
  const auto one = put_version("one");
  const auto two = put_version("two");
  remove(two);
  EXPECT_EQ(get("key"), "one");
  remove(one);
  EXPECT_EQ(rows(), 0U);
  EXPECT_EQ(error_of("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"VersionId", one}}),
            "NoSuchVersion");
  EXPECT_EQ(error_of("GetObject", {{"Bucket", "shelf"}, {"Key", "key"}, {"VersionId", "no id"}}),
            "InvalidArgument");
}

TEST_F(Versions, OfBeforeVersioningIsTheNullVersion) {
  set_versioning("Suspended");
  put("key", "null one");
  set_versioning("Enabled");
  put_version("one");
  EXPECT_EQ(get("key", "null"), "null one");
  set_versioning("Suspended");
  EXPECT_EQ(put("key", "null two")["VersionId"], "null");
  EXPECT_EQ(get("key", "null"), "null two");
  EXPECT_EQ(get("key"), "null two");
  EXPECT_EQ(list()["Versions"].size(), 2U);
  remove();
  EXPECT_EQ(list()["Versions"].size(), 1U);
  EXPECT_EQ(list()["DeleteMarkers"][0]["VersionId"], "null");
}

TEST_F(Versions, AreListedNewestFirst) {
  const auto one = put_version("one");
  const auto two = put_version("two");
  const auto marker = remove()["VersionId"].get<std::string>();
  const auto listed = list();
  EXPECT_EQ(texts(listed["Versions"], "VersionId"), (Texts{two, one}));
  EXPECT_EQ(listed["Versions"][0]["IsLatest"], false);
  EXPECT_EQ(texts(listed["DeleteMarkers"], "VersionId"), Texts{marker});
  EXPECT_EQ(listed["DeleteMarkers"][0]["IsLatest"], true);
}

TEST_F(Versions, AreListedPageByPage) {
  const auto one = put_version("one");
  const auto two = put_version("two");
  put("later", "x");
  const auto first = list({{"MaxKeys", 1}});
  EXPECT_EQ(texts(first["Versions"], "VersionId"), Texts{two});
  const auto second = list({{"MaxKeys", 1},
                            {"KeyMarker", first["NextKeyMarker"]},
                            {"VersionIdMarker", first["NextVersionIdMarker"]}});
  EXPECT_EQ(texts(second["Versions"], "VersionId"), Texts{one});
  EXPECT_EQ(second["Versions"][0]["IsLatest"], false);
  const auto third = list({{"MaxKeys", 1},
                           {"KeyMarker", second["NextKeyMarker"]},
                           {"VersionIdMarker", second["NextVersionIdMarker"]}});
  EXPECT_EQ(texts(third["Versions"], "Key"), Texts{"later"});
  EXPECT_EQ(third["IsTruncated"], false);
}

TEST_F(Versions, AreRolledUpByADelimiter) {
  put("a/1", "x");
  put("a/1", "y");
  put("b", "z");
  const auto listed = list({{"Delimiter", "/"}});
  EXPECT_EQ(texts(listed["CommonPrefixes"], "Prefix"), Texts{"a/"});
  EXPECT_EQ(texts(listed["Versions"], "Key"), Texts{"b"});
}

}  // namespace
}  // namespace votemu::s3
