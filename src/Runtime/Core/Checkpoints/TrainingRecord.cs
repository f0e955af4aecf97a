using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace SdCompiler;

/// <summary>What <c>training.json</c> says: counts, seed, optimizer settings and position. Numbers are written so that they read back as the same bits.</summary>
internal sealed record TrainingRecord
{
    public required string Model { get; init; }

    public required string ShapeHash { get; init; }

    public required long Seed { get; init; }

    public required IReadOnlyDictionary<string, int> Dimensions { get; init; }

    public required long StepCount { get; init; }

    public required long SkippedSteps { get; init; }

    public required long Updates { get; init; }

    /// <summary>Updates before the first whose weights are averaged; null where nothing is averaged.</summary>
    public long? AveragingSince { get; init; }

    public required string Optimizer { get; init; }

    public required IReadOnlyDictionary<string, double> Settings { get; init; }

    /// <summary>What parameter groups set, by parameter and setting; null in a checkpoint of a version that did not say.</summary>
    public IReadOnlyDictionary<string, double>? Groups { get; init; }

    /// <summary>Whether steps start from the state in which the last one ended; null in a checkpoint of a version that did not say.</summary>
    public bool? CarriesState { get; init; }

    /// <summary>The variant's name, empty for a model without variants; null in a checkpoint of a version that did not say.</summary>
    public string? Variant { get; init; }

    /// <summary>How units are dropped, by site (<see cref="DropoutRecord"/>); null in a checkpoint of a version that did not say.</summary>
    public IReadOnlyDictionary<string, string>? Dropout { get; init; }

    /// <summary>The parameters that training leaves as they are; none in a checkpoint of a version that could freeze nothing.</summary>
    public string Frozen { get; init; } = "";

    public TrainingPosition? Position { get; init; }

    public required IReadOnlyDictionary<string, string> Properties { get; init; }

    public void Write(Stream stream)
    {
        using var json = new Utf8JsonWriter(stream, new JsonWriterOptions { Indented = true });
        json.WriteStartObject();
        json.WriteString("model", Model);
        json.WriteString("shape_hash", ShapeHash);
        json.WriteNumber("seed", Seed);
        json.WriteStartObject("dimensions");
        foreach (KeyValuePair<string, int> dimension in Dimensions)
        {
            json.WriteNumber(dimension.Key, dimension.Value);
        }

        json.WriteEndObject();
        json.WriteNumber("steps", StepCount);
        json.WriteNumber("skipped_steps", SkippedSteps);
        json.WriteNumber("updates", Updates);
        if (AveragingSince is long since)
        {
            json.WriteNumber("averaging_since", since);
        }

        json.WriteString("optimizer", Optimizer);
        WriteNumbers(json, "settings", Settings);
        if (Groups is not null)
        {
            WriteNumbers(json, "parameter_groups", Groups);
        }

        if (CarriesState is bool carries)
        {
            json.WriteBoolean("carries_state", carries);
        }

        if (Variant is not null)
        {
            json.WriteString("variant", Variant);
        }

        if (Dropout is not null)
        {
            WriteTexts(json, "dropout", Dropout);
        }

        if (Frozen.Length > 0)
        {
            json.WriteString("frozen", Frozen);
        }

        if (Position is TrainingPosition position)
        {
            WritePosition(json, position);
        }

        WriteTexts(json, "properties", Properties);
        json.WriteEndObject();
    }

    public static TrainingRecord Read(JsonFile json)
    {
        JsonElement root = json.Root;
        var dimensions = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (JsonProperty dimension in json.Members(root, "dimensions"))
        {
            dimensions[dimension.Name] = Count(json, json.Member(root, "dimensions", JsonValueKind.Object), dimension.Name);
        }

        return new TrainingRecord
        {
            Model = json.Text(root, "model"),
            ShapeHash = json.Text(root, "shape_hash"),
            Seed = json.Integer(root, "seed"),
            Dimensions = dimensions,
            StepCount = NotNegative(json, root, "steps"),
            SkippedSteps = NotNegative(json, root, "skipped_steps"),
            Updates = NotNegative(json, root, "updates"),
            AveragingSince = json.Has(root, "averaging_since") ? NotNegative(json, root, "averaging_since") : null,
            Optimizer = json.Text(root, "optimizer"),
            Settings = Numbers(json, root, "settings"),
            Groups = json.Has(root, "parameter_groups") ? Numbers(json, root, "parameter_groups") : null,
            CarriesState = json.Has(root, "carries_state") ? json.Flag(root, "carries_state") : null,
            Frozen = json.Has(root, "frozen") ? json.Text(root, "frozen") : "",
            Variant = json.Has(root, "variant") ? json.Text(root, "variant") : null,
            Dropout = json.Has(root, "dropout") ? Texts(json, root, "dropout") : null,
            Position = json.Has(root, "position") ? ReadPosition(json, json.Member(root, "position", JsonValueKind.Object)) : null,
            Properties = Texts(json, root, "properties"),
        };
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, double> numbers)
    {
        json.WriteStartObject(name);
        foreach (KeyValuePair<string, double> number in numbers)
        {
            json.WriteNumber(number.Key, number.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyDictionary<string, string> texts)
    {
        json.WriteStartObject(name);
        foreach (KeyValuePair<string, string> text in texts)
        {
            json.WriteString(text.Key, text.Value);
        }

        json.WriteEndObject();
    }

    private static Dictionary<string, double> Numbers(JsonFile json, JsonElement root, string name)
    {
        var numbers = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (JsonProperty number in json.Members(root, name))
        {
            numbers[number.Name] = json.Number(json.Member(root, name, JsonValueKind.Object), number.Name);
        }

        return numbers;
    }

    private static Dictionary<string, string> Texts(JsonFile json, JsonElement root, string name)
    {
        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (JsonProperty text in json.Members(root, name))
        {
            texts[text.Name] = json.Text(json.Member(root, name, JsonValueKind.Object), text.Name);
        }

        return texts;
    }

    private static void WritePosition(Utf8JsonWriter json, TrainingPosition position)
    {
        json.WriteStartObject("position");
        json.WriteNumber("epoch", position.Epoch);
        json.WriteNumber("batch", position.Batch);
        json.WriteNumber("epoch_loss", position.EpochLoss);
        json.WriteNumber("epoch_targets", position.EpochTargets);
        if (double.IsFinite(position.Best))
        {
            json.WriteNumber("best", position.Best);
        }

        json.WriteNumber("since_best", position.SinceBest);
        if (position.Validations.Count > 0)
        {
            json.WriteStartArray("validations");
            foreach (double validation in position.Validations)
            {
                json.WriteNumberValue(validation);
            }

            json.WriteEndArray();
        }

        json.WriteEndObject();
    }

    private static TrainingPosition ReadPosition(JsonFile json, JsonElement element) => new()
    {
        Epoch = Count(json, element, "epoch"),
        Batch = Count(json, element, "batch"),
        EpochLoss = json.Number(element, "epoch_loss"),
        EpochTargets = NotNegative(json, element, "epoch_targets"),
        Best = json.Has(element, "best") ? json.Number(element, "best") : double.PositiveInfinity,
        SinceBest = Count(json, element, "since_best"),
        Validations = json.Has(element, "validations") ? [.. json.Member(element, "validations", JsonValueKind.Array).EnumerateArray().Select(item => Figure(json, item))] : [],
    };

    private static double Figure(JsonFile json, JsonElement item) =>
        item.ValueKind == JsonValueKind.Number && item.TryGetDouble(out double figure) ? figure : throw json.Damaged("one of its 'validations' is no number");

    private static long NotNegative(JsonFile json, JsonElement parent, string name)
    {
        long value = json.Integer(parent, name);
        return value >= 0 ? value : throw json.Damaged($"its '{name}' is {value}");
    }

    private static int Count(JsonFile json, JsonElement parent, string name)
    {
        long value = NotNegative(json, parent, name);
        return value <= int.MaxValue ? (int)value : throw json.Damaged($"its '{name}' is {value}");
    }
}
