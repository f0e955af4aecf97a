using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using SdCompiler.Runtime.Tests.Data;
using SdCompiler.Runtime.Tests.Training;
using Xunit;

namespace SdCompiler.Runtime.Tests.Checkpoints;

public sealed class SafetensorsTests
{
    private const string Good = "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}";

    [Fact]
    public void TensorsAndMetadataComeBack()
    {
        using var folder = new TemporaryFolder();
        float[] values = [1.5f, float.NegativeInfinity, float.NaN, -0f, float.Epsilon, 6];
        TensorSource[] tensors =
        [
            new("b\"ü", [2, 3], span => values.CopyTo(span)),
            new("empty", [0, 4], _ => { }),
            new("a", [1], span => span[0] = 7),
        ];
        SafetensorsFile.WriteReplacing(folder["f"], tensors, new Dictionary<string, string> { ["seed"] = "é 1" });
        using SafetensorsFile file = SafetensorsFile.Open(folder["f"]);
        Assert.Equal("é 1", file.Metadata["seed"]);
        Assert.Equal(values.Select(BitConverter.SingleToInt32Bits), file.Read("b\"ü", 2, 3).Select(BitConverter.SingleToInt32Bits));
        Assert.Equal([7f], file.Read("a", 1));
        Assert.Empty(file.Read("empty", 0, 4));
        Assert.Equal(0, (file.Tensors[0].Offset) % 8);
        Assert.Contains("[2, 3]", Assert.Throws<CheckpointException>(() => file.Read("b\"ü", 3, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("'c'", Assert.Throws<CheckpointException>(() => file.Read("c", 1)).Message, StringComparison.Ordinal);
        Assert.Equal([folder["f"]], Directory.GetFiles(folder.Path));
    }

    public static TheoryData<string, string, int> Malformed() => new()
    {
        // header, what the message says, bytes of values
        { Good, "announce", -4 },
        { Good, "end at byte", 12 },
        { Good, "cut off", 4 },
        { "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}", "F64", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}", "[3]", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[-2],\"data_offsets\":[0,8]}}", "-2", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[NaN],\"data_offsets\":[0,8]}}", "JSON", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2.5],\"data_offsets\":[0,8]}}", "2.5", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e30],\"data_offsets\":[0,8]}}", "1e30", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[\"2\"],\"data_offsets\":[0,8]}}", "shape", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}", "4611686018427387904", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,0],\"data_offsets\":[0,8]}}", "4611686018427387904", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}", "[8, 0]", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0]}}", "[0]", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,9223372036854775807]}}", "cut off", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2]}}", "lacks", 8 },
        { "{\"a\":7}", "lacks", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "twice", 8 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"b\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", "overlaps", 12 },
        { "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[4,12]}}", "hole", 12 },
        { "{\"__metadata__\":{\"x\":1},\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "not text", 8 },
        { "{\"__metadata__\":[]}", "not an object", 0 },
        { "{\"__metadata__\":{},\"__metadata__\":{}}", "twice", 0 },
        { "[]", "not a JSON object", 0 },
        { "{", "JSON", 0 },
        { "", "JSON", 0 },
        { new string('[', 100_000), "JSON", 0 },
        { "{\"\\ud800\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}", "UTF-8", 8 },
    };

    [Theory]
    [MemberData(nameof(Malformed))]
    public void MalformedFilesAreOneSentenceThatNamesTheFile(string header, string part, int values)
    {
        using var folder = new TemporaryFolder();
        byte[] json = Encoding.UTF8.GetBytes(header);
        byte[] bytes = File(json, json.Length, Math.Max(values, 0));
        string path = folder.Write("f.safetensors", values < 0 ? bytes[..^-values] : bytes);
        string message = CheckpointTests.OneSentence(Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)));
        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Contains(path, message, StringComparison.Ordinal);
    }

    [Fact]
    public void AHeaderThatIsNotUtf8IsRefused()
    {
        using var folder = new TemporaryFolder();
        byte[] json = Encoding.Latin1.GetBytes(Good.Replace("\"a\"", "\"\u00e9\"", StringComparison.Ordinal));
        string path = folder.Write("f", File(json, json.Length, 8));
        Assert.Contains("UTF-8", Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ulong.MaxValue)]
    [InlineData((ulong)long.MaxValue)]
    [InlineData(1UL << 40)]
    [InlineData(100_000_001UL)]
    [InlineData(1000UL)]
    public void AHeaderLengthThatTheFileDoesNotBearOutAllocatesNothing(ulong length)
    {
        using var folder = new TemporaryFolder();
        byte[] bytes = File(Encoding.UTF8.GetBytes(Good), 0, 8);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, length);
        string path = folder.Write("f", bytes);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CheckpointException e = Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path));
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1_000_000);
        Assert.Contains($"{length}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void FilesCutAnywhereAreRefused()
    {
        using var folder = new TemporaryFolder();
        byte[] json = Encoding.UTF8.GetBytes(Good);
        byte[] bytes = File(json, json.Length, 8);
        for (int length = 0; length < bytes.Length; length++)
        {
            string path = folder.Write("f", bytes[..length]);
            CheckpointTests.OneSentence(Assert.Throws<CheckpointException>(() => SafetensorsFile.Open(path)));
        }
    }

    [Fact]
    public void RandomlyChangedHeadersNeverEndInAnotherException()
    {
        using var folder = new TemporaryFolder();
        using LeakyTrainer trainer = new LeakyModel().CreateTrainer(new Sgd());
        ModelFile.Save(folder["m"], trainer.Parameters);
        byte[] bytes = System.IO.File.ReadAllBytes(folder["m"]);
        var random = new Random(3);
        int header = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
        for (int i = 0; i < 400; i++)
        {
            byte[] changed = (byte[])bytes.Clone();
            for (int j = random.Next(1, 4); j > 0; j--)
            {
                changed[random.Next(8 + header)] = (byte)random.Next(256);
            }

            string path = folder.Write("x", changed);
            try
            {
                ModelFile.Load(path, new LeakyModel().Parameters);
            }
            catch (CheckpointException e)
            {
                Assert.EndsWith(".", e.Message, StringComparison.Ordinal);
            }
        }
    }

    private static byte[] File(byte[] header, int length, int values)
    {
        byte[] bytes = new byte[8 + header.Length + values];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, (ulong)length);
        header.CopyTo(bytes, 8);
        return bytes;
    }
}
