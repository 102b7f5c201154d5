// DynamoDB's expressions and items, and the requests that are read without a tree.
#include <string>

#include "services/dynamodb/item_codec.h"
#include "tests/fuzz/corpus.h"

namespace votemu::fuzz {
namespace {

void write_expressions(const std::filesystem::path& folder) {
  Corpus corpus(folder / "expressions");
  int number = 0;
  const auto add = [&](char kind, const std::string& name, const std::string& text) {
    corpus.add(name + "_" + std::to_string(++number), kind + text);
  };
  for (const auto* text :
       {"a = :x", "n BETWEEN :o AND :n", "a IN (:a, :x) OR n <> :q", "NOT n < :o AND (a > :a)",
        "attribute_exists(m.m.a) AND attribute_not_exists(l[7])", "attribute_type(s, :y)",
        "begins_with(a, :a) AND contains(l, :x)", "size(l) >= :n AND #b = :b", "t = :t"}) {
    add('\0', "condition", text);
  }
  for (const auto* text :
       {"SET n = n + :o", "SET a = if_not_exists(z, :p), l[9] = :l", "REMOVE l[0], m.m",
        "ADD s :s, t :t, n :q", "DELETE u :u, s :s", "SET l = list_append(l, :l) REMOVE #a",
        "set m.#n = :n, l[3].a = :m add z :n", "SET n = :p + n"}) {
    add('\2', "update", text);
  }
  for (const auto* text : {"a, l[1], m.m.a", "l[0], l[2][0], #s", "z.y[2]"}) {
    add('\4', "projection", text);
  }
  for (const auto* text : {"a = :x", "a = :x AND n > :o", "n BETWEEN :o AND :n AND :x = #a",
                           "a = :x AND begins_with(n, :o)"}) {
    add('\6', "keys", text);
  }
}

void write_items(const std::filesystem::path& folder) {
  Corpus corpus(folder / "items");
  using namespace abi;
  const Item item{{"id", std::string("dog")},
                  {"n", Number{"3"}},
                  {"l", AttributeList{Null{}, true, Binary{std::string("\0\1", 2)}}},
                  {"m", AttributeMap{{"s", StringSet{{"a", "b"}}}, {"t", NumberSet{{{"1"}}}}}}};
  corpus.add("stored", dynamodb::encode_item(item));
  corpus.add("attributes",
             R"({"id":{"S":"d\u00f6g"},"b":{"B":"AQI="},"y":{"BOOL":true},"z":{"NULL":true},)"
             R"("ss":{"SS":["b","a"]},"ns":{"NS":["2","1.0"]},"bs":{"BS":["AQ=="]},)"
             R"("l":{"L":[{"N":"1e3"},{"L":[]}]},"m":{"M":{"k":{"S":""}}}})");
  corpus.add("repeated", R"({"a":{"S":"1"},"b":{"N":"-0.10"},"a":{"S":"2"}})");
  corpus.add("unusual", R"({"a":{"S":"1","N":null},"b":{"X":0,"N":"7"}})");
  corpus.add("numbers", "123456789012345678 -0.1e-5");
  corpus.add("carry", "99999999999999999999999999999999999999 1");
  corpus.add("range", "9.9E+125 -1E-130");
}

void write_plain_requests(const std::filesystem::path& folder) {
  Corpus corpus(folder / "plain_requests");
  corpus.add("update", R"(u{"TableName":"votes","Key":{"PK":{"S":"dog"},"SK":{"S":"total"}},)"
                       R"("UpdateExpression":"ADD #v :n","ConditionExpression":"#v < :m",)"
                       R"("ExpressionAttributeNames":{"#v":"votes"},)"
                       R"("ExpressionAttributeValues":{":n":{"N":"1.0"},":m":{"NS":["2","1"]}},)"
                       R"("ReturnValues":"ALL_NEW"})");
  corpus.add("repeated", R"(u{"TableName":"a","TableName":"votes","Key":{"a":{"S":"1"},)"
                         R"("a":{"S":"2"}},"Key":{"b":{"S":"c"}},"UpdateExpression":"\u0053"})");
  corpus.add("options", R"(u{"TableName":"votes","Key":{"a":{"S":"1"}},"ReturnValues":"NONE",)"
                        R"("ReturnConsumedCapacity":"TOTAL","ConditionExpression":null})");
  corpus.add("delete", R"(d{"QueueUrl":"http://localhost/q","ReceiptHandle":"abc"})");
  corpus.add("send", R"(s{"MessageBody":"a\nb","QueueUrl":"http://localhost/q"})");
  corpus.add("delete_batch", R"(D{"QueueUrl":"q","Entries":[{"Id":"a","ReceiptHandle":"x"},)"
                             R"({"Id":"b","ReceiptHandle":"y"}]})");
  corpus.add("send_batch", R"(S{"Entries":[{"MessageBody":"x","Id":"a"}],"QueueUrl":"q"})");
}

}  // namespace

void write_dynamodb(const std::filesystem::path& folder) {
  write_expressions(folder);
  write_items(folder);
  write_plain_requests(folder);
}

}  // namespace votemu::fuzz
