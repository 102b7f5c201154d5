// @aws-sdk/client-s3 and @aws-sdk/lib-storage, awscli's `aws s3`, boto3.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createHash, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import { after, before, test } from "node:test";
import { promisify } from "node:util";

import {
  CopyObjectCommand,
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  GetBucketLocationCommand,
  GetObjectCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  GetBucketTaggingCommand,
  PutObjectCommand,
  S3Client,
} from "@aws-sdk/client-s3";
import { Upload } from "@aws-sdk/lib-storage";

import { clientConfig, environment, uniqueName } from "./support/aws.js";
import { startServer, temporaryDirectory } from "./support/server.js";

const AWS = "/usr/bin/aws";
const PYTHON = "/usr/bin/python3";
const run = promisify(execFile);

let server;
let s3;
before(async () => {
  server = await startServer({ args: ["--empty"] });
  s3 = new S3Client({ ...clientConfig(server), forcePathStyle: true });
});
after(() => server.stop());

async function newBucket() {
  const Bucket = uniqueName("shelf");
  await s3.send(new CreateBucketCommand({ Bucket }));
  return Bucket;
}

async function bytesOf({ Body }) {
  return Buffer.from(await Body.transformToByteArray());
}

function md5(bytes) {
  return createHash("md5").update(bytes).digest("hex");
}

test("a bucket is created, found, listed and deleted", async () => {
  const Bucket = await newBucket();
  const head = await s3.send(new HeadBucketCommand({ Bucket }));
  assert.equal(head.BucketRegion, "us-east-1");
  const { Buckets } = await s3.send(new ListBucketsCommand({}));
  assert.ok(Buckets.some(({ Name, CreationDate }) => Name === Bucket && CreationDate instanceof Date));
  const location = await s3.send(new GetBucketLocationCommand({ Bucket }));
  assert.equal(location.LocationConstraint ?? "", "");
  await s3.send(new DeleteBucketCommand({ Bucket }));
  await assert.rejects(s3.send(new HeadBucketCommand({ Bucket })), { name: "NotFound" });
});

test("an object is put, read, read in part and deleted", async () => {
  const Bucket = await newBucket();
  const Key = "a folder/ü & <b>.txt";
  const put = await s3.send(
    new PutObjectCommand({ Bucket, Key, Body: "hello", ContentType: "text/plain", Metadata: { colour: "blue" } }),
  );
  assert.equal(put.ETag, `"${md5("hello")}"`);
  assert.ok(put.ChecksumCRC32);
  const found = await s3.send(new GetObjectCommand({ Bucket, Key }));
  assert.equal((await bytesOf(found)).toString(), "hello");
  assert.equal(found.ContentType, "text/plain");
  assert.deepEqual(found.Metadata, { colour: "blue" });
  const part = await s3.send(new GetObjectCommand({ Bucket, Key, Range: "bytes=1-3" }));
  assert.equal((await bytesOf(part)).toString(), "ell");
  assert.equal(part.ContentRange, "bytes 1-3/5");
  const head = await s3.send(new HeadObjectCommand({ Bucket, Key }));
  assert.equal(head.ContentLength, 5);
  await s3.send(new DeleteObjectCommand({ Bucket, Key }));
  await assert.rejects(s3.send(new GetObjectCommand({ Bucket, Key })), { name: "NoSuchKey" });
});

test("a body of unknown digest comes in chunks with a trailer", async () => {
  const Bucket = await newBucket();
  const body = randomBytes(300_000);
  await s3.send(
    new PutObjectCommand({ Bucket, Key: "stream", Body: Readable.from([body]), ContentLength: body.length }),
  );
  assert.deepEqual(await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "stream" }))), body);
});

for (const ChecksumAlgorithm of ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"]) {
  test(`an object has a checksum by ${ChecksumAlgorithm}`, async () => {
    const Bucket = await newBucket();
    let put;
    try {
      put = await s3.send(new PutObjectCommand({ Bucket, Key: "key", Body: "hello", ChecksumAlgorithm }));
    } catch (error) {
      if (/CRC64NVME|@aws-sdk\/crc64-nvme-crt/.test(error.message)) return;  // an optional part of the SDK
      throw error;
    }
    const found = await s3.send(new GetObjectCommand({ Bucket, Key: "key", ChecksumMode: "ENABLED" }));
    assert.equal((await bytesOf(found)).toString(), "hello");
    assert.equal(found[`Checksum${ChecksumAlgorithm}`], put[`Checksum${ChecksumAlgorithm}`]);
  });
}

test("a large object goes up in parts and comes down as it was", async () => {
  const Bucket = await newBucket();
  const body = randomBytes(20_000_000);
  const upload = new Upload({ client: s3, params: { Bucket, Key: "large", Body: body } });
  const { ETag } = await upload.done();
  assert.match(ETag, /-4"$/);
  assert.equal(md5(await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "large" })))), md5(body));
  const tail = await s3.send(new GetObjectCommand({ Bucket, Key: "large", Range: "bytes=-1000000" }));
  assert.deepEqual(await bytesOf(tail), body.subarray(-1_000_000));
});

test("lists come page by page, with common prefixes", async () => {
  const Bucket = await newBucket();
  for (const Key of ["a b", "p/1", "p/2", "z"]) await s3.send(new PutObjectCommand({ Bucket, Key, Body: "" }));
  const first = await s3.send(new ListObjectsV2Command({ Bucket, MaxKeys: 2, EncodingType: "url" }));
  assert.deepEqual(first.Contents.map(({ Key }) => decodeURIComponent(Key)), ["a b", "p/1"]);
  const { NextContinuationToken: ContinuationToken } = first;
  const second = await s3.send(new ListObjectsV2Command({ Bucket, ContinuationToken }));
  assert.deepEqual(second.Contents.map(({ Key }) => Key), ["p/2", "z"]);
  const rolled = await s3.send(new ListObjectsV2Command({ Bucket, Delimiter: "/" }));
  assert.deepEqual(rolled.CommonPrefixes, [{ Prefix: "p/" }]);
});

test("versions are kept, and a bucket that has some is not deleted", async () => {
  const Bucket = await newBucket();
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: "Enabled" } }));
  const { VersionId } = await s3.send(new PutObjectCommand({ Bucket, Key: "key", Body: "one" }));
  await s3.send(new PutObjectCommand({ Bucket, Key: "key", Body: "two" }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: "key" }));
  const one = await s3.send(new GetObjectCommand({ Bucket, Key: "key", VersionId }));
  assert.equal((await bytesOf(one)).toString(), "one");
  await assert.rejects(s3.send(new DeleteBucketCommand({ Bucket })), { name: "BucketNotEmpty" });
  const { Versions, DeleteMarkers } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
  assert.equal(Versions.length, 2);
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  const deleted = await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
  assert.equal(deleted.Deleted.length, 3);
  await s3.send(new DeleteBucketCommand({ Bucket }));
});

test("objects are copied, settings come back", async () => {
  const Bucket = await newBucket();
  await s3.send(new PutObjectCommand({ Bucket, Key: "from", Body: "hello" }));
  await s3.send(new CopyObjectCommand({ Bucket, Key: "to", CopySource: `${Bucket}/from` }));
  assert.equal((await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "to" })))).toString(), "hello");
  const TagSet = [{ Key: "team", Value: "blue" }];
  await s3.send(new PutBucketTaggingCommand({ Bucket, Tagging: { TagSet } }));
  const { TagSet: found } = await s3.send(new GetBucketTaggingCommand({ Bucket }));
  assert.deepEqual(found, TagSet);
});

test("objects survive kill -9", async () => {
  const dataDir = join(temporaryDirectory(), "data");
  const body = randomBytes(12_000_000);
  const first = await startServer({ dataDir, args: ["--empty"] });
  const before = new S3Client({ ...clientConfig(first), forcePathStyle: true });
  await before.send(new CreateBucketCommand({ Bucket: "kept" }));
  await before.send(new PutObjectCommand({ Bucket: "kept", Key: "key", Body: body }));
  await first.kill();
  const second = await startServer({ dataDir, args: ["--empty"] });
  const client = new S3Client({ ...clientConfig(second), forcePathStyle: true });
  const found = await bytesOf(await client.send(new GetObjectCommand({ Bucket: "kept", Key: "key" })));
  assert.equal(md5(found), md5(body));
  await second.stop();
});

test("aws s3 makes a bucket, copies 20 MB there and back, lists and removes", async () => {
  const aws = async (...args) => {
    const options = ["--endpoint-url", server.url, "s3", ...args, "--region", "eu-west-1"];
    return (await run(AWS, options, { env: environment(server) })).stdout;
  };
  const folder = temporaryDirectory();
  const body = randomBytes(20_000_000);
  writeFileSync(join(folder, "up"), body);
  await aws("mb", "s3://cli-shelf");
  await aws("cp", join(folder, "up"), "s3://cli-shelf/dir/large");
  await aws("cp", "s3://cli-shelf/dir/large", "s3://cli-shelf/copy");
  assert.match(await aws("ls", "s3://cli-shelf"), /PRE dir\/\n.*20000000 copy\n/);
  await aws("cp", "s3://cli-shelf/copy", join(folder, "down"));
  assert.equal(md5(readFileSync(join(folder, "down"))), md5(body));
  writeFileSync(join(folder, "down"), "small");
  await aws("sync", folder, "s3://cli-shelf/synced");
  assert.match(await aws("ls", "s3://cli-shelf/synced/"), /5 down\n.*20000000 up\n/);
  await assert.rejects(aws("rb", "s3://cli-shelf"), /BucketNotEmpty/);
  await aws("rb", "--force", "s3://cli-shelf");
  await assert.rejects(aws("ls", "s3://cli-shelf"), /NoSuchBucket.*The specified bucket does not exist/);
});

const BOTO3 = `
import boto3, os, urllib.request
from botocore.config import Config
s3 = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"])
s3.create_bucket(Bucket="boto")
s3.put_object(Bucket="boto", Key="a b/ü", Body=b"hello", ContentMD5="XUFAKrxLKna5cZ2REBfFkg==")
assert [o["Key"] for o in s3.list_objects_v2(Bucket="boto")["Contents"]] == ["a b/ü"]
assert s3.get_object(Bucket="boto", Key="a b/ü")["Body"].read() == b"hello"
assert s3.head_object(Bucket="boto", Key="a b/ü")["ContentLength"] == 5
for version in ["s3", "s3v4"]:
    signer = boto3.client("s3", endpoint_url=os.environ["ENDPOINT"], config=Config(signature_version=version))
    url = signer.generate_presigned_url("get_object", Params={"Bucket": "boto", "Key": "a b/ü"})
    assert urllib.request.urlopen(url).read() == b"hello", version
try:
    s3.head_object(Bucket="boto", Key="none")
    raise SystemExit("it should not be there")
except s3.exceptions.ClientError as error:
    assert error.response["Error"]["Code"] == "404"
bucket = boto3.resource("s3", endpoint_url=os.environ["ENDPOINT"]).Bucket("boto")
bucket.objects.all().delete()
bucket.delete()
`;

test("boto3 puts, lists, reads and presigns", async () => {
  await run(PYTHON, ["-c", BOTO3], { env: environment(server) });
});

test("a bucket may stand in the host", async () => {
  const Bucket = await newBucket();
  const hosted = new S3Client(clientConfig(server));
  hosted.middlewareStack.add(
    (next) => (args) => {
      args.request.headers.host = `${Bucket}.s3.localhost:${server.port}`;
      args.request.hostname = "localhost";
      return next(args);
    },
    { step: "finalizeRequest", priority: "low" },
  );
  await hosted.send(new PutObjectCommand({ Bucket, Key: "key", Body: "hello" }));
  assert.equal((await bytesOf(await s3.send(new GetObjectCommand({ Bucket, Key: "key" })))).toString(), "hello");
});
