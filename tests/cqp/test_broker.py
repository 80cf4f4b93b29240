from cqp.config.broker import REDIS_VISIBILITY, TASK_TIME_LIMIT, broker_settings

REDIS = "redis://localhost:6379/0"


def test_redis_hands_a_message_over_only_after_its_task_was_killed(tmp_path):
    options = broker_settings(REDIS, tmp_path)["CELERY_BROKER_TRANSPORT_OPTIONS"]

    assert options["visibility_timeout"] == REDIS_VISIBILITY > TASK_TIME_LIMIT


def test_the_broker_carries_only_json_one_message_ahead(tmp_path):
    settings = broker_settings(REDIS, tmp_path)

    assert settings["CELERY_ACCEPT_CONTENT"] == ["json"]
    assert settings["CELERY_TASK_ACKS_LATE"]
    assert settings["CELERY_WORKER_PREFETCH_MULTIPLIER"] == 1
