using System;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace SdCompiler.Samples.Benchmarks.Reports;

/// <summary>Five significant digits, which is more than a measurement has; null for what is no number.</summary>
internal sealed class RoundingConverter : JsonConverter<double>
{
    public override double Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.Null ? double.NaN : reader.GetDouble();

    public override void Write(Utf8JsonWriter writer, double value, JsonSerializerOptions options)
    {
        if (double.IsFinite(value))
        {
            writer.WriteNumberValue(decimal.Parse(value.ToString("G5", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture));
        }
        else
        {
            writer.WriteNullValue();
        }
    }
}
